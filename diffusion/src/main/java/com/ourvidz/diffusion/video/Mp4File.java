package com.ourvidz.diffusion.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Tells what is in an MP4 file, as ffmpeg's {@code ffprobe} does. */
public final class Mp4File {

    static {
        Ffmpeg.quiet();
    }

    private Mp4File() {}

    /**
     * Reads a file through, without decoding its frames.
     *
     * @throws IOException when it is no MP4 file with a video, or damaged
     */
    public static Mp4Info probe(Path file) throws IOException {
        List<Box> boxes = Box.outermost(file);
        AVFormatContext container = new AVFormatContext(null);
        try (BytePointer url = Ffmpeg.url(file)) {
            Ffmpeg.check(avformat_open_input(container, url, null, (AVDictionary) null), "open the file");
            Ffmpeg.check(avformat_find_stream_info(container, (AVDictionary) null), "read the file");
            Map<String, String> metadata = Ffmpeg.map(container.metadata());
            XmpBox.find(file, boxes).ifPresent(xmp -> metadata.put(Mp4.XMP, xmp));
            return info(container, moovFirst(boxes), metadata);
        } finally {
            avformat_close_input(container);
        }
    }

    private static boolean moovFirst(List<Box> boxes) {
        List<String> types = boxes.stream().map(Box::type).toList();
        return types.contains("moov") && types.indexOf("moov") < types.indexOf("mdat");
    }

    private static Mp4Info info(AVFormatContext container, boolean moovFirst, Map<String, String> metadata)
            throws IOException {
        int index = Ffmpeg.check(
                av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0),
                "find a video in the file");
        AVStream stream = container.streams(index);
        AVCodecParameters codec = stream.codecpar();
        return new Mp4Info(
                frames(container, index),
                codec.width(),
                codec.height(),
                (double) container.duration() / AV_TIME_BASE,
                new FrameRate(
                        stream.avg_frame_rate().num(), stream.avg_frame_rate().den()),
                avcodec_get_name(codec.codec_id()).getString(),
                av_get_pix_fmt_name(codec.format()).getString(),
                moovFirst,
                metadata);
    }

    private static int frames(AVFormatContext container, int stream) throws IOException {
        AVPacket packet = Ffmpeg.check(av_packet_alloc(), "make a packet");
        try {
            int frames = 0;
            int result = av_read_frame(container, packet);
            for (; result >= 0; result = av_read_frame(container, packet)) {
                frames += packet.stream_index() == stream ? 1 : 0;
                av_packet_unref(packet);
            }
            if (result != AVERROR_EOF) {
                Ffmpeg.check(result, "read the file");
            }
            return frames;
        } finally {
            av_packet_free(packet);
        }
    }
}
