package com.ourvidz.worker;

/** The worker cannot start, or cannot go on, with its settings. The message is one sentence for the operator and names the setting. */
final class SettingsException extends RuntimeException {

    SettingsException(String message) {
        super(message);
    }
}
