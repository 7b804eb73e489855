package com.ourvidz.worker;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Environment variables as settings. Blank is not set; a value that does not fit is a {@link SettingsException} with the name in it. */
record Environment(Map<String, String> variables) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(GB|MB)");

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new SettingsException(name + " is not set; a worker needs it."));
    }

    OptionalInt integer(String name, int least) {
        var text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            var value = Integer.parseInt(text.get());
            if (value >= least) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException e) {
            // said below, as for a number that is too small
        }
        throw WorkerSettings.unusable(name, text.get(), "a whole number from " + least);
    }

    /** A size in bytes: {@code 35GB} or {@code 512MB}. */
    Optional<Long> size(String name) {
        return text(name).map(text -> {
            var size = SIZE.matcher(text);
            if (!size.matches()) {
                throw WorkerSettings.unusable(name, text, "a size such as 35GB or 512MB");
            }
            var number = Long.parseLong(size.group(1));
            return size.group(2).equals("GB") ? number << 30 : number << 20;
        });
    }

    /** A number from 0. */
    OptionalDouble number(String name) {
        var text = text(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            var value = Double.parseDouble(text.get());
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // said below, as for a number below 0
        }
        throw WorkerSettings.unusable(name, text.get(), "a number from 0");
    }
}
