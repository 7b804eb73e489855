package com.ourvidz.core.webhook;

import java.util.Map;
import java.util.Optional;

/** The way out to endpoints. It goes to public addresses only, and to hosts that the operator vouches for. */
public interface Receiver {

    /** Why nothing would be sent to this URL, in a sentence for its user, as far as can be told without a connection. */
    Optional<String> objection(String url);

    /** Posts JSON and waits for the answer, for a limited time. Looks at the URL anew, for a name may lead elsewhere by now. */
    Outcome post(String url, Map<String, String> headers, byte[] json);
}
