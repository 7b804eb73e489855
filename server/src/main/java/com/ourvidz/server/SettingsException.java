package com.ourvidz.server;

/** A setting that the platform cannot start with. The message is one sentence that names the setting. */
public final class SettingsException extends RuntimeException {

    public SettingsException(String sentence) {
        super(sentence);
    }

    static SettingsException of(String setting, String sentence) {
        return new SettingsException(setting + " " + sentence);
    }
}
