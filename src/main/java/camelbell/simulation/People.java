package camelbell.simulation;

import camelbell.model.Directory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who there is to be told: the people of a file, without suppressions, or those of a hub's database, with them. */
public final class People {

    private final @Nullable Directory directory;
    private final @Nullable JdbcClient database;

    private People(@Nullable Directory directory, @Nullable JdbcClient database) {
        this.directory = directory;
        this.database = database;
    }

    /** These alone; nobody has opted out of anything. */
    public static People of(Directory directory) {
        return new People(directory, null);
    }

    /** The table {@code person}, and what stands between a person and a channel; only read. */
    public static People in(JdbcClient database) {
        return new People(null, database);
    }

    @Nullable
    Directory directory() {
        return directory;
    }

    @Nullable
    JdbcClient database() {
        return database;
    }
}
