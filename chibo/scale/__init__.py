"""Two thousand cells with three years behind them, to measure on: made of rows, not of clicks."""
