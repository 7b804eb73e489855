package com.ourvidz.core.reference;

import java.util.Optional;

/** Which pictures a user may refer to. */
public interface UsableReferences {

    /** What the URL stands for. Empty when it is not for this user to use, for whatever reason. */
    Optional<ReferenceSource> find(String userId, String url);

    /** Whether this user may still refer to what an earlier job of theirs referred to. */
    boolean isUsable(String userId, ReferenceSource source);

    /**
     * Whether the picture of a person may be used for that person's looks: the uploader has stated that they agreed, or the operator does not
     * ask for it. Nobody can state it of a picture from elsewhere.
     */
    boolean consented(ReferenceSource source);
}
