package com.ourvidz.server.webhook;

import com.ourvidz.core.job.Job;
import com.ourvidz.core.webhook.Event;
import com.ourvidz.server.asset.AssetLinks;
import com.ourvidz.server.job.CallbackView;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Events as JSON: {@code {type, timestamp, data}}, where the data of a job's end is the documented callback. */
public final class EventBodies implements Event.Bodies {

    private final JsonMapper json;
    private final AssetLinks links;

    public EventBodies(JsonMapper json, AssetLinks links) {
        this.json = json;
        this.links = links;
    }

    private record Body(String type, Instant timestamp, Object data) {}

    @Override
    public byte[] json(Event event, String origin) {
        return json.writeValueAsBytes(new Body(
                event.type(),
                event.timestamp(),
                event.job().<Object>map(job -> callback(job, origin)).orElseGet(Map::of)));
    }

    private CallbackView callback(Job job, String origin) {
        return CallbackView.of(job, links.at(origin)::url);
    }
}
