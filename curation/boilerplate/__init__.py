"""The rule book: every cleaning rule, in the order in which it runs within its step.

The list is explicit because its order matters; a test compares it with the files. A new rule is one file on its
shelf and one line here.
"""

from __future__ import annotations

from curation.boilerplate.adverts.ad_free import ad_free
from curation.boilerplate.adverts.advertisement import advertisement
from curation.boilerplate.adverts.break_notice import break_notice
from curation.boilerplate.adverts.glued_label import glued_label
from curation.boilerplate.adverts.partner_label import partner_label
from curation.boilerplate.adverts.scroll import scroll
from curation.boilerplate.bylines.agency_signature import agency_signature
from curation.boilerplate.bylines.capitals import capitals
from curation.boilerplate.bylines.code_in_brackets import code_in_brackets
from curation.boilerplate.bylines.contributors import contributors
from curation.boilerplate.bylines.initials import initials
from curation.boilerplate.bylines.name_and_outlet import name_and_outlet
from curation.boilerplate.bylines.name_in_brackets import name_in_brackets
from curation.boilerplate.bylines.outlet_credit import outlet_credit
from curation.boilerplate.bylines.reporter import reporter
from curation.boilerplate.bylines.reporter_inline import reporter_inline
from curation.boilerplate.bylines.role import role
from curation.boilerplate.bylines.role_at_end import role_at_end
from curation.boilerplate.captions.before_dateline import before_dateline
from curation.boilerplate.captions.credit_first import credit_first
from curation.boilerplate.captions.credit_inline import credit_inline
from curation.boilerplate.captions.photo_credit import photo_credit
from curation.boilerplate.datelines.agency import agency
from curation.boilerplate.datelines.city import city
from curation.boilerplate.datelines.city_publisher import city_publisher
from curation.boilerplate.datelines.publisher import publisher
from curation.boilerplate.embeds.gambas import gambas
from curation.boilerplate.embeds.player import player
from curation.boilerplate.embeds.script import script
from curation.boilerplate.embeds.social_post import social_post
from curation.boilerplate.embeds.stylesheet import stylesheet
from curation.boilerplate.embeds.table_of_contents import table_of_contents
from curation.boilerplate.embeds.tag_list import tag_list
from curation.boilerplate.embeds.template import template
from curation.boilerplate.ends.empty_initials import empty_initials
from curation.boilerplate.ends.end_mark import end_mark
from curation.boilerplate.ends.loading import loading
from curation.boilerplate.flags.ai_disclosure import ai_disclosure
from curation.boilerplate.flags.paywall import paywall
from curation.boilerplate.flags.truncated import truncated
from curation.boilerplate.head.above_headline import above_headline
from curation.boilerplate.head.breadcrumb import breadcrumb
from curation.boilerplate.head.byline_and_date import byline_and_date
from curation.boilerplate.head.counter import counter
from curation.boilerplate.head.date_line import date_line
from curation.boilerplate.head.headline import headline
from curation.boilerplate.head.headline_inline import headline_inline
from curation.boilerplate.head.interface_label import interface_label
from curation.boilerplate.head.printed_head import printed_head
from curation.boilerplate.head.reading_time import reading_time
from curation.boilerplate.learned import learned
from curation.boilerplate.legal.copyright_line import copyright_line
from curation.boilerplate.legal.disclaimer import disclaimer
from curation.boilerplate.legal.donation import donation
from curation.boilerplate.legal.fact_check import fact_check
from curation.boilerplate.legal.research_credit import research_credit
from curation.boilerplate.legal.reuse_notice import reuse_notice
from curation.boilerplate.promo.about_outlet import about_outlet
from curation.boilerplate.promo.app_offer import app_offer
from curation.boilerplate.promo.broadcast import broadcast
from curation.boilerplate.promo.broken_call import broken_call
from curation.boilerplate.promo.channel_link import channel_link
from curation.boilerplate.promo.contribute import contribute
from curation.boilerplate.promo.follow import follow
from curation.boilerplate.promo.more_news import more_news
from curation.boilerplate.promo.rating import rating
from curation.boilerplate.promo.share_call import share_call
from curation.boilerplate.promo.slogan import slogan
from curation.boilerplate.related.baca_juga import baca_juga
from curation.boilerplate.related.baca_juga_inline import baca_juga_inline
from curation.boilerplate.related.bracketed import bracketed
from curation.boilerplate.related.next_page import next_page
from curation.boilerplate.related.pagination import pagination
from curation.boilerplate.related.related_at_end import related_at_end
from curation.boilerplate.related.title_at_end import title_at_end
from curation.boilerplate.related.video import video
from curation.boilerplate.related.video_inline import video_inline
from curation.boilerplate.repair.comma_join import comma_join
from curation.boilerplate.repair.doubled_paragraph import doubled_paragraph
from curation.boilerplate.repair.escaped import escaped
from curation.boilerplate.repair.glued_comma import glued_comma
from curation.boilerplate.repair.glued_sentence import glued_sentence
from curation.boilerplate.repair.glued_word import glued_word
from curation.boilerplate.repair.invisible import invisible
from curation.boilerplate.repair.layout import layout
from curation.boilerplate.repair.list_literal import list_literal
from curation.boilerplate.repair.mojibake import mojibake
from curation.boilerplate.repair.nested_copy import nested_copy
from curation.boilerplate.repair.split_sentence import split_sentence
from curation.boilerplate.syndication.copied_from import copied_from
from curation.boilerplate.syndication.dilansir import dilansir
from curation.boilerplate.syndication.download_app import download_app
from curation.boilerplate.syndication.original import original
from curation.boilerplate.syndication.published_at import published_at
from curation.boilerplate.syndication.taken_from import taken_from
from curation.boilerplate.widgets.blog_navigation import blog_navigation
from curation.boilerplate.widgets.comment_form import comment_form
from curation.boilerplate.widgets.cookie_notice import cookie_notice
from curation.boilerplate.widgets.embed_frame import embed_frame
from curation.boilerplate.widgets.footer_menu import footer_menu
from curation.boilerplate.widgets.image_label import image_label
from curation.boilerplate.widgets.inside_text import inside_text
from curation.boilerplate.widgets.live_page import live_page
from curation.boilerplate.widgets.more_button import more_button
from curation.boilerplate.widgets.reading_tools import reading_tools
from curation.boilerplate.widgets.share_bar import share_bar
from curation.rule import Rule

RULES: tuple[Rule, ...] = (
    # characters
    script,  # so early that nothing parts the words of code
    stylesheet,
    template,
    list_literal,
    mojibake,
    escaped,
    invisible,
    # joins
    glued_label,  # before the words are parted: then the label would be the subject of the sentence
    comma_join,
    split_sentence,
    glued_sentence,
    glued_word,
    glued_comma,
    # head
    broken_call,
    follow,  # so early that a linked headline before a call can be told to end there
    headline,
    breadcrumb,
    printed_head,
    headline_inline,
    date_line,
    byline_and_date,
    reading_time,
    counter,
    share_bar,
    interface_label,
    reporter,
    reporter_inline,
    photo_credit,
    credit_first,
    before_dateline,
    loading,
    copied_from,  # before the rules that know *Baca artikel* as a pointer
    above_headline,  # after the rules that can name what they remove
    # chrome
    city_publisher,
    agency,
    publisher,
    city,
    baca_juga,
    baca_juga_inline,
    related_at_end,
    bracketed,
    video,
    video_inline,
    next_page,
    pagination,
    advertisement,
    scroll,
    break_notice,
    ad_free,
    gambas,
    social_post,
    tag_list,
    table_of_contents,
    player,
    comment_form,
    blog_navigation,
    reading_tools,
    more_button,
    live_page,
    footer_menu,
    image_label,
    embed_frame,
    cookie_notice,
    inside_text,
    channel_link,
    app_offer,
    more_news,
    share_call,
    broadcast,
    contribute,
    about_outlet,
    slogan,
    rating,
    download_app,
    dilansir,
    credit_inline,
    contributors,
    role,
    copyright_line,
    reuse_notice,
    ai_disclosure,
    disclaimer,
    fact_check,
    donation,
    research_credit,
    learned,
    # tail
    published_at,
    taken_from,
    original,
    outlet_credit,
    initials,
    name_and_outlet,
    name_in_brackets,
    agency_signature,
    capitals,
    # ends
    nested_copy,
    doubled_paragraph,
    partner_label,
    role_at_end,
    empty_initials,
    end_mark,
    title_at_end,
    code_in_brackets,
    # layout
    layout,
    # flags
    paywall,
    truncated,
)
