package io.sluice.core.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Reads one YAML document into a [Tree]. Works on the parser's events with a stack of its own, so that
/// length, depth and alias expansion are bounded whatever the text is. Merge keys (`<<`) are understood.
/// One use per text.
final class YamlReader {
    static final int MAX_LENGTH = 4 << 20;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ALIASED = 100_000;
    private static final String CORE_TAG = "tag:yaml.org,2002:";

    private final String file;
    private final Complaints complaints;
    private final Deque<YamlFrame> open = new ArrayDeque<>();
    private final Map<String, Tree> anchors = new HashMap<>();
    private @Nullable Tree root;
    private int documents;
    private long aliased;
    private boolean stopped;

    private YamlReader(String file, Complaints complaints) {
        this.file = file;
        this.complaints = complaints;
    }

    /// Null when the text is empty or was complained about.
    static @Nullable Tree read(String file, String text, Complaints complaints) {
        return new YamlReader(file, complaints).read(text);
    }

    private @Nullable Tree read(String text) {
        if (text.length() > MAX_LENGTH) {
            complaints.error(new Place(file, 0), "", "text is larger than 4 MiB");
            return null;
        }
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_LENGTH + 1).build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                accept(event);
                if (stopped) {
                    return null;
                }
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            stop(place(e.getProblemMark()), NotYaml.why(e));
        } catch (RuntimeException e) { // the parser throws other types too on malformed text
            stop(new Place(file, 0), "is no valid YAML: " + e.getMessage());
        }
        return null;
    }

    private void accept(Event event) {
        Place place = place(event.getStartMark());
        switch (event.getEventId()) {
            case DocumentStart -> {
                if (++documents > 1) {
                    stop(place, "holds more than one YAML document");
                }
            }
            case MappingStart -> {
                MappingStartEvent start = (MappingStartEvent) event;
                checkTag(start.getTag(), place);
                push(YamlFrame.fields(place, name(start.getAnchor())));
            }
            case SequenceStart -> {
                SequenceStartEvent start = (SequenceStartEvent) event;
                checkTag(start.getTag(), place);
                push(YamlFrame.items(place, name(start.getAnchor())));
            }
            case MappingEnd, SequenceEnd -> close();
            case Scalar -> scalar((ScalarEvent) event, place);
            case Alias -> alias(((AliasEvent) event).getAlias().getValue(), place);
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    private void push(YamlFrame frame) {
        if (open.size() >= MAX_DEPTH) {
            stop(frame.place, "is nested deeper than " + MAX_DEPTH + " levels");
        } else if (expectsKey()) {
            stop(frame.place, "a key must be plain text, not a list or a map");
        } else {
            open.push(frame);
        }
    }

    private void close() {
        YamlFrame frame = open.pop();
        Tree tree = frame.tree();
        remember(frame.anchor, tree);
        put(tree);
    }

    private void scalar(ScalarEvent event, Place place) {
        checkTag(event.getTag(), place);
        boolean asIs =
                !event.isPlain() || event.getTag().filter((CORE_TAG + "str")::equals).isPresent();
        Tree.Leaf leaf =
                new Tree.Leaf(
                        place, event.getValue(), asIs ? Tree.Origin.QUOTED : Tree.Origin.PLAIN);
        remember(name(event.getAnchor()), leaf);
        if (expectsKey()) {
            key(leaf);
        } else {
            put(leaf);
        }
    }

    private void alias(String anchor, Place place) {
        Tree target = anchors.get(anchor);
        if (target == null) {
            stop(
                    place,
                    "alias `*"
                            + anchor
                            + "` has no anchor before it; text that begins with `*` needs quotes");
            return;
        }
        if (expectsKey()) {
            if (target instanceof Tree.Leaf leaf) {
                key(new Tree.Leaf(place, leaf.text(), leaf.origin()));
            } else {
                stop(place, "a key must be plain text, not a list or a map");
            }
            return;
        }
        aliased += target.weight();
        if (aliased > MAX_ALIASED) {
            stop(place, "aliases expand to more than " + MAX_ALIASED + " values");
        } else if (open.size() + target.height() > MAX_DEPTH) {
            stop(place, "is nested deeper than " + MAX_DEPTH + " levels");
        } else {
            put(target);
        }
    }

    private boolean expectsKey() {
        YamlFrame frame = open.peek();
        return frame != null && frame.expectsKey();
    }

    private void key(Tree.Leaf leaf) {
        YamlFrame frame = open.element();
        Place first = frame.key(leaf);
        if (first != null) {
            complaints.error(
                    leaf.place(), leaf.text(), "key is set twice, first in line " + first.line());
        }
    }

    private void put(Tree tree) {
        YamlFrame frame = open.peek();
        if (frame == null) {
            root = tree;
        } else if (!frame.put(tree)) {
            stop(tree.place(), "`<<` needs a map or a list of maps");
        }
    }

    private void remember(@Nullable String anchor, Tree tree) {
        if (anchor != null) {
            anchors.put(anchor, tree);
        }
    }

    private void checkTag(Optional<String> tag, Place place) {
        if (tag.isPresent() && !tag.get().startsWith(CORE_TAG) && !tag.get().equals("!")) {
            complaints.error(place, "", "tag `" + tag.get() + "` is not supported");
        }
    }

    private static @Nullable String name(Optional<Anchor> anchor) {
        return anchor.isPresent() ? anchor.get().getValue() : null;
    }

    private Place place(Optional<Mark> mark) {
        return new Place(file, mark.isPresent() ? mark.get().getLine() + 1 : 0);
    }

    private void stop(Place place, String message) {
        complaints.error(place, "", message);
        stopped = true;
    }
}
