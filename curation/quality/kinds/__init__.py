"""What is no article: paywalls, photo pages, tables, horoscopes ..."""

from curation.quality.kinds.advertorial import advertorial
from curation.quality.kinds.answer_key import answer_key
from curation.quality.kinds.fact_check import fact_check
from curation.quality.kinds.horoscope import horoscope
from curation.quality.kinds.live_blog import live_blog
from curation.quality.kinds.lyrics import lyrics
from curation.quality.kinds.machine_written import machine_written
from curation.quality.kinds.menu import menu
from curation.quality.kinds.paywall import paywall
from curation.quality.kinds.photo_page import photo_page
from curation.quality.kinds.table import table
from curation.quality.kinds.truncated import truncated
from curation.quality.kinds.video_page import video_page

KINDS = (
    *(paywall, truncated, photo_page, video_page, live_blog, table),
    *(horoscope, answer_key, lyrics, fact_check, advertorial, machine_written, menu),
)
