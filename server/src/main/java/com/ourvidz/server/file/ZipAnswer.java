package com.ourvidz.server.file;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.http.HttpHeaders;

/**
 * Files in one ZIP, written while it is sent: it is never whole, neither in memory nor on the disk. Pictures and videos are compressed
 * already, so that the ZIP only strings them together.
 */
public final class ZipAnswer {

    /** For the API's description. */
    public static final String MEDIA_TYPE = "application/zip";

    private ZipAnswer() {}

    /**
     * Sends the files in their order, each with its number before its name: they sort, and none has the name of another.
     *
     * @param name of the ZIP, of letters, digits, hyphens and dots
     */
    public static void send(List<StoredFile> files, String name, HttpServletResponse response) throws IOException {
        response.setContentType(MEDIA_TYPE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, SignedFiles.disposition("attachment", name));
        var zip = new ZipOutputStream(response.getOutputStream());
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (var index = 0; index < files.size(); index++) {
            var file = files.get(index);
            zip.putNextEntry(new ZipEntry("%03d-%s".formatted(index + 1, file.name())));
            try (var bytes = file.object().open()) {
                bytes.transferTo(zip);
            }
            zip.closeEntry();
        }
        zip.finish();
    }
}
