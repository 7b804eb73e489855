package com.ourvidz.server.reference;

import com.ourvidz.core.reference.Reference;
import com.ourvidz.core.reference.ReferenceSource;
import com.ourvidz.core.reference.References;
import com.ourvidz.core.reference.RemotePictures;
import com.ourvidz.core.reference.UsableReferences;
import com.ourvidz.server.file.SignedFiles;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The URLs of reference images, for whoever is being answered: on the host that the request came to, signed and expiring. */
public final class ReferenceUrls implements UsableReferences {

    static final String PATH = "/references/";
    private static final String THUMBNAIL = "/thumbnail";

    /** What may follow the origin; the signature proves nothing here, for the user's token has said who asks. */
    private static final Pattern OWN =
            Pattern.compile(PATH + "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\?[^#]*)?");

    private final References references;
    private final RemotePictures remote;
    private final SignedFiles files;
    private final boolean requireConsent;

    /**
     * URLs of what is kept here, and of what may be fetched.
     *
     * @param requireConsent whether a person's looks are taken only from a picture with the uploader's statement that they agreed
     */
    public ReferenceUrls(References references, RemotePictures remote, SignedFiles files, boolean requireConsent) {
        this.references = references;
        this.remote = remote;
        this.files = files;
        this.requireConsent = requireConsent;
    }

    public String url(Reference reference) {
        return files.url(PATH + reference.id(), reference.id());
    }

    public String thumbnailUrl(Reference reference) {
        return files.url(PATH + reference.id() + THUMBNAIL, reference.id());
    }

    /** The platform's own URLs come with its origin or without. */
    @Override
    public Optional<ReferenceSource> find(String userId, String url) {
        var origin = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        var own = OWN.matcher(url.startsWith(origin) ? url.substring(origin.length()) : url);
        if (own.matches()) {
            return references
                    .find(UUID.fromString(own.group(1)), userId)
                    .map(reference -> new ReferenceSource.Uploaded(reference.id()));
        }
        return Optional.of(url).filter(remote::allowed).map(ReferenceSource.Remote::new);
    }

    @Override
    public boolean isUsable(String userId, ReferenceSource source) {
        return switch (source) {
            case ReferenceSource.Uploaded(var id) -> references.find(id, userId).isPresent();
            case ReferenceSource.Remote(var url) -> remote.allowed(url);
        };
    }

    @Override
    public boolean consented(ReferenceSource source) {
        return !requireConsent || (source instanceof ReferenceSource.Uploaded(var id) && references.consented(id));
    }
}
