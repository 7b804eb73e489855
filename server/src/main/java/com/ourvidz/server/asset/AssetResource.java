package com.ourvidz.server.asset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.asset.Assets;
import com.ourvidz.server.http.Requests;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
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

    /** One page of a user's assets, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AssetList(
            List<AssetView> assets,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    /**
     * A list of assets as a whole.
     *
     * @param pages all but the first, which needs no cursor
     */
    record AssetOutline(long count, List<PageStart> pages) {}

    /**
     * Where a page begins.
     *
     * @param createdAt when the last asset of the page before it was made
     */
    record PageStart(
            String cursor, @JsonProperty("created_at") Instant createdAt) {}

    record Preferred(boolean success, boolean favourite) {}

    record Deleted(boolean success) {}

    /** Assets to delete, at most 500. */
    record DeleteAssets(@Nullable List<@Nullable String> ids) {}

    /**
     * Answers a deletion of several.
     *
     * @param notFound what is not there, or not the user's
     */
    record SeveralDeleted(
            boolean success,
            List<String> deleted,
            @JsonProperty("not_found") List<String> notFound) {}

    @GetMapping("/api/assets")
    AssetList list(
            Principal user,
            @ParameterObject AssetQuery query,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<Integer> limit) {
        var page = assets.list(user.getName(), query.filter(), cursor.map(Page.Cursor::decode), Requests.limit(limit));
        return new AssetList(
                page.items().stream().map(listed -> AssetView.of(listed, links)).toList(),
                page.next().map(Page.Cursor::encode).orElse(null));
    }

    /** How many assets the same list has, and where its pages of {@code limit} begin, so that any can be read without the others. */
    @GetMapping("/api/assets/outline")
    AssetOutline outline(Principal user, @ParameterObject AssetQuery query, @RequestParam Optional<Integer> limit) {
        var outline = assets.outline(user.getName(), query.filter(), Requests.limit(limit));
        return new AssetOutline(
                outline.count(),
                outline.ends().stream()
                        .map(end -> new PageStart(end.encode(), end.createdAt()))
                        .toList());
    }

    @GetMapping("/api/assets/{id}")
    AssetView show(Principal user, @PathVariable String id) {
        return AssetView.of(assets.find(Requests.id(id), user.getName()), links);
    }

    @PutMapping("/api/assets/{id}/favourite")
    Preferred prefer(Principal user, @PathVariable String id) {
        assets.prefer(Requests.id(id), user.getName(), true);
        return new Preferred(true, true);
    }

    @DeleteMapping("/api/assets/{id}/favourite")
    Preferred preferNoMore(Principal user, @PathVariable String id) {
        assets.prefer(Requests.id(id), user.getName(), false);
        return new Preferred(true, false);
    }

    @DeleteMapping("/api/assets/{id}")
    Deleted delete(Principal user, @PathVariable String id) {
        assets.delete(Requests.id(id), user.getName());
        return new Deleted(true);
    }

    /** Deletes those that there are, all at once, and says which there are not. */
    @PostMapping("/api/assets/delete")
    SeveralDeleted delete(Principal user, @RequestBody DeleteAssets request) {
        var ids = ids(request);
        var deleted =
                assets.delete(ids, user.getName()).stream().map(UUID::toString).toList();
        var notFound = ids.stream()
                .map(UUID::toString)
                .filter(id -> !deleted.contains(id))
                .toList();
        return new SeveralDeleted(true, deleted, notFound);
    }

    private static List<UUID> ids(DeleteAssets request) {
        if (request.ids() == null) {
            throw Rejection.invalid("ids is missing.");
        }
        return request.ids().stream().map(AssetResource::id).distinct().toList();
    }

    private static UUID id(@Nullable String text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid("ids must be ids of assets.");
        }
    }
}
