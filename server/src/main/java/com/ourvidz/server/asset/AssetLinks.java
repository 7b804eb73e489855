package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.SignedLinks;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The URLs of assets, for whoever is being answered: on the host that the request came to. */
public final class AssetLinks {

    private final SignedLinks links;

    public AssetLinks(SignedLinks links) {
        this.links = links;
    }

    public String url(Asset asset) {
        var proof = links.sign(asset.id());
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/files/" + asset.id())
                .queryParam("expires", proof.expires())
                .queryParam("signature", proof.signature())
                .toUriString();
    }
}
