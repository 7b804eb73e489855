package com.ourvidz.core.reference;

import java.io.IOException;

/** Pictures on hosts that the operator has authorised. */
public interface RemotePictures {

    /** Whether the URL is one that {@link #fetch} would follow, as far as can be told without a connection. */
    boolean allowed(String url);

    /**
     * Fetches a file of at most {@link References#MAX_BYTES} within half a minute.
     *
     * @throws RefusedException when the URL, a redirect or an address that it leads to is not allowed
     * @throws IOException when it cannot be had
     */
    byte[] fetch(String url) throws IOException;

    /** The platform does not go there. */
    final class RefusedException extends IOException {
        public RefusedException(String why) {
            super(why);
        }
    }
}
