"""What people ask for, one file a matter: on files, a new workspace, a dry run, labelling, publishing."""
