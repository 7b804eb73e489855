package com.ourvidz.diffusion.checkpoint;

import java.util.List;

/**
 * Says no to settings that ask for what a class does not have, by name and value: better than a picture that is subtly wrong. An absent
 * setting is taken to be the supported one.
 */
public record Supported(Config config) {

    public Supported only(String setting, String supported) {
        return only(setting, List.of(supported));
    }

    public Supported only(String setting, List<String> supported) {
        String value = config.text(setting, supported.getFirst());
        if (!supported.contains(value)) {
            throw config.invalid(
                    setting,
                    "is '" + value + "', which is not supported; '" + String.join("' or '", supported) + "' is");
        }
        return this;
    }

    public Supported only(String setting, double supported) {
        double value = config.number(setting, supported);
        if (value != supported) {
            throw config.invalid(setting, "is " + value + ", which is not supported; " + supported + " is");
        }
        return this;
    }

    public Supported off(String... settings) {
        for (String setting : settings) {
            if (config.flag(setting, false)) {
                throw config.invalid(setting, "is true, which is not supported");
            }
        }
        return this;
    }

    public Supported unset(String... settings) {
        for (String setting : settings) {
            if (config.has(setting)) {
                throw config.invalid(setting, "is set, which is not supported; null is");
            }
        }
        return this;
    }
}
