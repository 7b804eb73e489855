package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.SignedLinks;
import java.util.function.Function;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** The URLs of assets, for whoever is being answered: on the host that the request came to. */
public final class AssetLinks {

    private final SignedLinks links;

    public AssetLinks(SignedLinks links) {
        this.links = links;
    }

    public String url(Asset asset) {
        return here().apply(asset);
    }

    /** The same for later, when the request is over. */
    public Function<Asset, String> here() {
        var base = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        return asset -> url(base, asset);
    }

    private String url(String base, Asset asset) {
        var proof = links.sign(asset.id());
        return UriComponentsBuilder.fromUriString(base)
                .path("/files/" + asset.id())
                .queryParam("expires", proof.expires())
                .queryParam("signature", proof.signature())
                .toUriString();
    }
}
