"""How often one address may do what costs us or tempts a guesser; counted apart for each association."""

from silah.web.extensions import limiter

starting = limiter.limit("30 per hour")
uploading = limiter.limit("240 per hour", methods=["POST"])
sending = limiter.limit("20 per hour", methods=["POST"])
opening = limiter.limit("10 per minute;60 per hour", methods=["POST"])
"""Opening a case by its reference and receipt code: ten guesses a minute at 59 bits lead nowhere."""

asking_codes = limiter.limit("5 per 10 minutes;20 per day", methods=["POST"])
making_papers = limiter.limit("30 per 10 minutes")
writing = limiter.limit("30 per hour", methods=["POST"])
