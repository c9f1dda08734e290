-- The declared sources.
SELECT * EXCLUDE (country) FROM sources
