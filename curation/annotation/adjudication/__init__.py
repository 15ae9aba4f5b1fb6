"""What annotators were divided about, asked once more of somebody who sees their answers and not their names."""
