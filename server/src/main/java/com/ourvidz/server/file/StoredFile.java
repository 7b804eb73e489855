package com.ourvidz.server.file;

import com.ourvidz.core.asset.ObjectStore.StoredObject;
import java.util.UUID;

/**
 * A file as it is handed out.
 *
 * @param id tells it from all others; its bytes never change
 * @param name what it is saved as: letters, digits, hyphens and dots, in any script
 */
public record StoredFile(UUID id, String name, String mediaType, StoredObject object) {

    String etag() {
        return "\"" + id + "\"";
    }
}
