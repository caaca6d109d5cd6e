"""ONE STORY, THREE SCREENS: what happens in the room, as the wall, the pockets and the other desk are told of it."""
