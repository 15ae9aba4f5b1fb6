"""The flavour that anybody may have: no text that rights withhold, but all that finds it again."""
