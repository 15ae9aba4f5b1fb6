"""Who labels what: tasks dealt out to annotators, taken back, asked again after a change of the guideline.

All of it is tables in, tables out. A row of the table ``assignments`` is one task for one annotator; what became of it
is always read from the answers, so nothing has to be kept in step by hand.

- Each annotator has a queue of their own, in an order of its own, and sees nobody else's answers. One Label Studio
  project each is the sure way: within one project the open edition can neither assign tasks nor hide answers.
- The targets of one article go to the same annotators: the article is read once. Answers to one target stay independent
  of each other, for each comes from another person; that one person judges both targets of an article is no harm to
  agreement, which is measured target by target.
- Gold tasks go to everybody; a probe, a copy of an article, to those who have the article, long after it.
- A task belongs to one round. Rounds never meet in a unit of agreement.
"""
