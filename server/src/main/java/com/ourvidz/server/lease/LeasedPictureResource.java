package com.ourvidz.server.lease;

import com.ourvidz.core.Fence;
import com.ourvidz.core.lease.LeasedPictures;
import com.ourvidz.server.http.Requests;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The pictures that a leased job refers to, as the worker protocol describes it. */
@RestController
public class LeasedPictureResource {

    private final LeasedPictures pictures;

    public LeasedPictureResource(LeasedPictures pictures) {
        this.pictures = pictures;
    }

    /** 404 says that the picture is not to be had, and 409 that the lease is lost. */
    @GetMapping(path = "/worker/jobs/{id}/references/{slot}", produces = MediaType.IMAGE_PNG_VALUE)
    byte[] picture(
            @PathVariable String id,
            @PathVariable String slot,
            @RequestHeader(LeaseResource.ATTEMPT) int attempt,
            @RequestHeader(LeaseResource.LEASE) String leaseToken)
            throws IOException {
        return pictures.open(new Fence(Requests.id(id), attempt, leaseToken), slot);
    }
}
