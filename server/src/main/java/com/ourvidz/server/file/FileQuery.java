package com.ourvidz.server.file;

import com.ourvidz.core.asset.SignedLinks.Proof;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows the question mark of a signed link.
 *
 * @param expires seconds since 1970
 * @param download 1 to have the file saved rather than shown
 */
public record FileQuery(
        @Nullable String expires,
        @Nullable String signature,
        @Nullable String download) {

    Optional<Proof> proof() {
        try {
            return signature == null ? Optional.empty() : Optional.of(new Proof(Long.parseLong(expires), signature));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean wantsDownload() {
        return "1".equals(download);
    }
}
