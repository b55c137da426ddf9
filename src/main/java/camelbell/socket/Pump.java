package camelbell.socket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Takes hints that people have something new, and has the sockets of those who are connected here brought up to date.
 * Each person belongs to one lane, so what one connection is sent comes from one thread.
 */
@Component("socketPump")
class Pump implements DisposableBean {

    private final Sessions sessions;
    private final List<Lane> lanes = new ArrayList<>();

    Pump(Sessions sessions, CatchUp catchUp, SocketProperties properties) {
        this.sessions = sessions;
        for (int number = 0; number < properties.lanes(); number++) {
            lanes.add(new Lane(catchUp, number));
        }
    }

    /** Returns at once; hints for people who are not connected here cost nothing more. */
    public void wake(Collection<Long> people) {
        Map<Lane, List<Long>> shares = new HashMap<>();
        for (long person : people) {
            if (!sessions.of(person).isEmpty()) {
                Lane lane = lanes.get(Math.floorMod(person, lanes.size()));
                shares.computeIfAbsent(lane, empty -> new ArrayList<>()).add(person);
            }
        }
        shares.forEach(Lane::wake);
    }

    @Override
    public void destroy() {
        lanes.forEach(Lane::close);
    }
}
