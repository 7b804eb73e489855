package com.ourvidz.core.reference;

import java.util.UUID;

/** Where the picture of a reference is. */
public sealed interface ReferenceSource {

    /** Kept by the platform; its user may have deleted it meanwhile. */
    record Uploaded(UUID id) implements ReferenceSource {}

    /** On an authorised host, fetched when a worker asks for it. */
    record Remote(String url) implements ReferenceSource {}
}
