package com.ourvidz.server;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** Forms with reference images, part by part as they go over the wire. */
final class Uploads {

    static final String BOUNDARY = "a-boundary";

    private Uploads() {}

    static Answer picture(Client client, byte[] file) {
        return send(client, part("file", "fox.png", file));
    }

    static Answer picture(Client client, byte[] file, String consent) {
        return send(
                client,
                part("file", "fox.png", file),
                part("consent", "", consent.getBytes(StandardCharsets.US_ASCII)));
    }

    static Answer send(Client client, byte[]... parts) {
        return client.send(
                "/api/upload-reference",
                request -> request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(form(parts))));
    }

    static byte[] form(byte[]... parts) {
        var body = new ByteArrayOutputStream();
        for (var part : parts) {
            body.writeBytes(part);
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    static byte[] part(String name, String filename, byte[] content) {
        var part = new ByteArrayOutputStream();
        var head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\""
                + (filename.isEmpty() ? "" : "; filename=\"" + filename + "\"\r\nContent-Type: image/png") + "\r\n\r\n";
        part.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        part.writeBytes(content);
        part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return part.toByteArray();
    }
}
