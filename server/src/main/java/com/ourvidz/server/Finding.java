package com.ourvidz.server;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param check one word for what was looked at
 * @param says what was found
 * @param remedy what to do; empty when all is well
 */
public record Finding(String check, Level level, String says, String remedy) {

    /** How bad it is: the platform runs with warnings, and not with failures. */
    public enum Level {
        OK,
        WARN,
        FAIL;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Finding ok(String check, String says) {
        return new Finding(check, Level.OK, says, "");
    }

    public static Finding warn(String check, String says, String remedy) {
        return new Finding(check, Level.WARN, says, remedy);
    }

    public static Finding fail(String check, String says, String remedy) {
        return new Finding(check, Level.FAIL, says, remedy);
    }
}
