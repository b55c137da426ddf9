package camelbell.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page by cursor: no count, so its cost is the same at any depth. */
record CursorPage(@Nullable String next, @Nullable String previous, List<NotificationView> results) {}
