"""Reading an export of Label Studio, whoever made the project: the file, its tasks, their answers, what is wrong."""
