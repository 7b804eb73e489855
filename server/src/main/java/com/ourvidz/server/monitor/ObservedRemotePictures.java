package com.ourvidz.server.monitor;

import com.ourvidz.core.reference.RemotePictures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pictures from elsewhere, with the time that each takes and, where one is not to be had, the reason, which users are not told. */
public final class ObservedRemotePictures implements RemotePictures {

    private static final Logger LOG = LoggerFactory.getLogger("com.ourvidz.references");

    private final RemotePictures pictures;
    private final MeterRegistry meters;

    public ObservedRemotePictures(RemotePictures pictures, MeterRegistry meters) {
        this.pictures = pictures;
        this.meters = meters;
        List.of("fetched", "refused", "failed").forEach(this::timer);
    }

    @Override
    public boolean allowed(String url) {
        return pictures.allowed(url);
    }

    @Override
    public byte[] fetch(String url) throws IOException {
        var time = Timer.start(meters);
        try {
            var bytes = pictures.fetch(url);
            time.stop(timer("fetched"));
            return bytes;
        } catch (RefusedException e) {
            time.stop(timer("refused"));
            LOG.warn("A reference image was refused: {}", e.getMessage());
            throw e;
        } catch (IOException e) {
            time.stop(timer("failed"));
            LOG.info("A reference image is not to be had: {}", url, e);
            throw e;
        }
    }

    private Timer timer(String outcome) {
        return meters.timer("ourvidz.reference.download", "outcome", outcome);
    }
}
