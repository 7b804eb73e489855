package com.ourvidz.core.account;

import org.jspecify.annotations.Nullable;

/** What a user may be called: the {@code sub} of a token. */
public final class UserNames {

    /** The rule, for people. */
    public static final String RULE = "A user name has 1 to 128 printable characters.";

    private static final int LONGEST = 128;

    private UserNames() {}

    public static boolean valid(@Nullable String name) {
        return name != null
                && !name.isBlank()
                && name.codePointCount(0, name.length()) <= LONGEST
                && name.codePoints().allMatch(UserNames::printable);
    }

    private static boolean printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
