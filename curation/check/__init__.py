"""What the tables must mean: Great Expectations suites over narrow frames that never hold the text."""
