package com.ourvidz.server.asset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Page;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.Assets;
import com.ourvidz.server.http.Requests;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What users do with their assets. */
@RestController
public class AssetResource {

    private final Assets assets;
    private final AssetLinks links;

    public AssetResource(Assets assets, AssetLinks links) {
        this.assets = assets;
        this.links = links;
    }

    /** An asset as clients see it; {@code url} is signed and expires. */
    record AssetView(
            UUID id,
            @JsonProperty("job_id") UUID jobId,
            @JsonProperty("job_type") String jobType,
            String url,
            @JsonProperty("media_type") String mediaType,
            long bytes,
            @JsonProperty("created_at") Instant createdAt) {}

    /** One page of a user's assets, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AssetList(
            List<AssetView> assets,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    record Deleted(boolean success) {}

    @GetMapping("/api/assets")
    AssetList list(Principal user, @RequestParam Optional<String> cursor, @RequestParam Optional<Integer> limit) {
        var page = assets.list(user.getName(), cursor.map(Page.Cursor::decode), Requests.limit(limit));
        return new AssetList(
                page.items().stream().map(this::view).toList(),
                page.next().map(Page.Cursor::encode).orElse(null));
    }

    @DeleteMapping("/api/assets/{id}")
    Deleted delete(Principal user, @PathVariable String id) throws IOException {
        assets.delete(Requests.id(id), user.getName());
        return new Deleted(true);
    }

    private AssetView view(Asset asset) {
        return new AssetView(
                asset.id(),
                asset.jobId(),
                asset.bucket(), // buckets are named after the job types
                links.url(asset),
                asset.mediaType(),
                asset.bytes(),
                asset.createdAt());
    }
}
