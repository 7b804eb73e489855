package com.ourvidz.server;

import java.time.Duration;

/**
 * What an operator asks of uploads.
 *
 * @param limit for all of one to arrive, however busily it drips
 * @param requireConsent whether a character reference has to be a picture whose uploader has stated that the person agreed
 */
public record UploadSettings(Duration limit, boolean requireConsent) {

    static UploadSettings of(Settings.Values values) {
        return new UploadSettings(
                Duration.ofSeconds(values.number("OURVIDZ_UPLOAD_LIMIT", 120, 1, 3_600)),
                values.flag("OURVIDZ_REQUIRE_CONSENT", false));
    }
}
