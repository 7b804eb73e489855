package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** The container: one stream of H.264, its index in front, texts under whatever names they have, and no date. */
final class Mp4Muxer implements AutoCloseable {

    private final AVFormatContext container = new AVFormatContext(null);
    private final AVCodecContext encoder;
    private int frames;

    /** Starts a file, which is replaced when it exists. */
    Mp4Muxer(Path file, AVCodecContext encoder, Map<String, String> metadata) throws IOException {
        this.encoder = encoder;
        try (BytePointer url = Ffmpeg.url(file);
                BytePointer format = Ffmpeg.utf8("mp4")) {
            Ffmpeg.check(avformat_alloc_output_context2(container, null, format, url), "make an MP4");
            addStream();
            openFile(url);
            container.flags(container.flags() | AVFMT_FLAG_BITEXACT);
            container.metadata(Ffmpeg.dictionary(metadata)); // freed with the container
            writeHeader();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void addStream() throws IOException {
        AVStream stream = Ffmpeg.check(avformat_new_stream(container, null), "make a stream");
        stream.time_base(encoder.time_base()).avg_frame_rate(encoder.framerate());
        Ffmpeg.check(avcodec_parameters_from_context(stream.codecpar(), encoder), "describe the stream");
    }

    private void openFile(BytePointer url) throws IOException {
        AVIOContext out = new AVIOContext(null);
        Ffmpeg.check(avio_open(out, url, AVIO_FLAG_WRITE), "open the file");
        container.pb(out);
    }

    private void writeHeader() throws IOException {
        AVDictionary options = Ffmpeg.dictionary(Map.of("movflags", "+faststart+use_metadata_tags"));
        int result = avformat_write_header(container, options);
        av_dict_free(options);
        Ffmpeg.check(result, "write the header");
    }

    void write(AVPacket packet) throws IOException {
        av_packet_rescale_ts(packet, encoder.time_base(), container.streams(0).time_base());
        Ffmpeg.check(av_interleaved_write_frame(container, packet), "write a frame");
        frames++;
    }

    /** How many frames were written. */
    int frames() {
        return frames;
    }

    /** Writes the index. */
    void finish() throws IOException {
        Ffmpeg.check(av_write_trailer(container), "write the index");
    }

    @Override
    public void close() {
        if (!container.isNull()) {
            closeFile();
            avformat_free_context(container);
        }
    }

    private void closeFile() {
        AVIOContext out = container.pb();
        if (!Pointer.isNull(out)) {
            avio_closep(out);
        }
    }
}
