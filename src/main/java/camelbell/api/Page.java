package camelbell.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page by number. */
record Page(long count, @Nullable String next, @Nullable String previous, List<NotificationView> results) {}
