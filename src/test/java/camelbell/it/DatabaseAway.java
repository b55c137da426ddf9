package camelbell.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A hub's database that is away until this is closed: its connections are cut, and new ones refused. */
final class DatabaseAway implements AutoCloseable {

    private final Connection connection;
    private final String name;

    DatabaseAway(Hub hub) throws SQLException {
        String url = hub.property("spring.datasource.url");
        name = url.replaceAll(".*/([^/?]+).*", "$1");
        connection = DriverManager.getConnection(
                url.replace("/" + name, "/postgres"),
                hub.property("spring.datasource.username"),
                hub.property("spring.datasource.password"));
        execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
        }
    }
}
