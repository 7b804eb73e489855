package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.ObjectStore.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.AbstractResource;

/** Stored bytes in the form that Spring serves in ranges. */
final class StoredFile extends AbstractResource {

    private final Asset asset;
    private final StoredObject object;

    StoredFile(Asset asset, StoredObject object) {
        this.asset = asset;
        this.object = object;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return object.open();
    }

    @Override
    public long contentLength() {
        return object.length();
    }

    /** What a browser saves it as: {@code sdxl_image_fast-<job>-0.png}. */
    @Override
    public String getFilename() {
        var extension = asset.objectKey().substring(asset.objectKey().lastIndexOf('.'));
        return asset.bucket() + "-" + asset.jobId() + "-" + asset.index() + extension;
    }

    @Override
    public String getDescription() {
        return asset.objectKey();
    }
}
