"""The rule book: every cleaning rule, in the order in which it runs within its step.

The list is explicit because its order matters; a test compares it with the files. A new rule is one file on its
shelf and one line here.
"""

from __future__ import annotations

from curation.boilerplate.adverts.advertisement import advertisement
from curation.boilerplate.adverts.scroll import scroll
from curation.boilerplate.bylines.initials import initials
from curation.boilerplate.bylines.name_in_brackets import name_in_brackets
from curation.boilerplate.bylines.reporter import reporter
from curation.boilerplate.bylines.role import role
from curation.boilerplate.captions.photo_credit import photo_credit
from curation.boilerplate.datelines.agency import agency
from curation.boilerplate.datelines.city import city
from curation.boilerplate.datelines.city_publisher import city_publisher
from curation.boilerplate.datelines.publisher import publisher
from curation.boilerplate.embeds.gambas import gambas
from curation.boilerplate.embeds.social_post import social_post
from curation.boilerplate.embeds.tag_list import tag_list
from curation.boilerplate.ends.end_mark import end_mark
from curation.boilerplate.head.above_headline import above_headline
from curation.boilerplate.head.breadcrumb import breadcrumb
from curation.boilerplate.head.counter import counter
from curation.boilerplate.head.date_line import date_line
from curation.boilerplate.head.headline import headline
from curation.boilerplate.head.interface_label import interface_label
from curation.boilerplate.head.reading_time import reading_time
from curation.boilerplate.learned import learned
from curation.boilerplate.legal.copyright_line import copyright_line
from curation.boilerplate.promo.follow import follow
from curation.boilerplate.promo.rating import rating
from curation.boilerplate.related.baca_juga import baca_juga
from curation.boilerplate.related.baca_juga_inline import baca_juga_inline
from curation.boilerplate.related.next_page import next_page
from curation.boilerplate.related.video import video
from curation.boilerplate.repair.comma_join import comma_join
from curation.boilerplate.repair.glued_sentence import glued_sentence
from curation.boilerplate.repair.glued_word import glued_word
from curation.boilerplate.repair.invisible import invisible
from curation.boilerplate.repair.layout import layout
from curation.boilerplate.repair.split_sentence import split_sentence
from curation.boilerplate.syndication.dilansir import dilansir
from curation.boilerplate.syndication.published_at import published_at
from curation.rule import Rule

RULES: tuple[Rule, ...] = (
    # characters
    invisible,
    # joins
    comma_join,
    split_sentence,
    glued_sentence,
    glued_word,
    # head
    headline,
    breadcrumb,
    date_line,
    reading_time,
    counter,
    interface_label,
    reporter,
    photo_credit,
    above_headline,  # after the rules that can name what they remove
    # chrome
    city_publisher,
    agency,
    publisher,
    city,
    baca_juga,
    baca_juga_inline,
    video,
    next_page,
    advertisement,
    scroll,
    gambas,
    social_post,
    tag_list,
    follow,
    rating,
    published_at,
    dilansir,
    role,
    copyright_line,
    learned,
    # tail
    initials,
    name_in_brackets,
    # ends
    end_mark,
    # layout
    layout,
)
