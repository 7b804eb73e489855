package com.ourvidz.diffusion.wan;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tidies a prompt as diffusers' WAN pipelines do before it is read: typographic quotation marks and character references of HTML become the
 * plain character, and any white space one space. Of what {@code ftfy} does there, text in a wrong encoding is not repaired.
 */
final class PromptText {

    private static final Pattern SPACES = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SINGLE_QUOTES = Pattern.compile("[\u02bc\u2018-\u201b]");
    private static final Pattern DOUBLE_QUOTES = Pattern.compile("[\u201c-\u201f]");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\ufeff\ufff9-\ufffc]");

    private static final Pattern REFERENCE = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});");

    /** The names that prompts copied from web pages have; HTML has 2,231. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", "\u00a0"),
            Map.entry("ndash", "\u2013"),
            Map.entry("mdash", "\u2014"),
            Map.entry("hellip", "\u2026"),
            Map.entry("lsquo", "\u2018"),
            Map.entry("rsquo", "\u2019"),
            Map.entry("ldquo", "\u201c"),
            Map.entry("rdquo", "\u201d"),
            Map.entry("eacute", "\u00e9"),
            Map.entry("egrave", "\u00e8"),
            Map.entry("uuml", "\u00fc"),
            Map.entry("ouml", "\u00f6"),
            Map.entry("auml", "\u00e4"),
            Map.entry("szlig", "\u00df"),
            Map.entry("ccedil", "\u00e7"),
            Map.entry("ntilde", "\u00f1"));

    private PromptText() {}

    static String clean(String prompt) {
        String plain = unescape(unescape(plainCharacters(prompt))); // twice: some are escaped twice
        return SPACES.matcher(plain).replaceAll(" ").strip();
    }

    private static String plainCharacters(String text) {
        String single = SINGLE_QUOTES.matcher(text).replaceAll("'");
        String quotes = DOUBLE_QUOTES.matcher(single).replaceAll("\"");
        return Normalizer.normalize(CONTROLS.matcher(quotes).replaceAll(""), Normalizer.Form.NFC);
    }

    private static String unescape(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(character(match)));
    }

    private static String character(MatchResult match) {
        String name = match.group(1);
        if (!name.startsWith("#")) {
            return NAMES.getOrDefault(name, match.group());
        }
        boolean hexadecimal = Character.toLowerCase(name.charAt(1)) == 'x';
        int code = hexadecimal ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
        boolean usable =
                Character.isValidCodePoint(code) && code != 0 && Character.getType(code) != Character.SURROGATE;
        return usable ? Character.toString(code) : "\ufffd";
    }
}
