package com.ourvidz.server.asset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Usage;
import com.ourvidz.core.asset.AssetFilter.Kind;
import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.reference.References;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a user's files take. */
@RestController
public class StorageResource {

    private final Assets assets;
    private final References references;

    public StorageResource(Assets assets, References references) {
        this.assets = assets;
        this.references = references;
    }

    /**
     * What a user's files take, thumbnails included.
     *
     * @param bytes of all of them
     */
    record Storage(
            Usage images,
            Usage videos,
            @JsonProperty("reference_images") Limited referenceImages,
            long bytes) {}

    record Limited(
            long count,
            long bytes,
            @JsonProperty("bytes_limit") long bytesLimit) {}

    @GetMapping("/api/storage")
    Storage show(Principal user) {
        var made = assets.usage(user.getName());
        var uploaded = references.usage(user.getName());
        var images = made.getOrDefault(Kind.IMAGE, Usage.NONE);
        var videos = made.getOrDefault(Kind.VIDEO, Usage.NONE);
        return new Storage(
                images,
                videos,
                new Limited(uploaded.count(), uploaded.bytes(), References.MAX_USER_BYTES),
                images.plus(videos).plus(uploaded).bytes());
    }
}
