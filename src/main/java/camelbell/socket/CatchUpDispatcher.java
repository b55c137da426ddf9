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
 * Each person belongs to one worker, so what one connection is sent comes from one thread.
 */
@Component("catchUpDispatcher")
class CatchUpDispatcher implements DisposableBean {

    private final Sessions sessions;
    private final List<CatchUpWorker> workers = new ArrayList<>();

    CatchUpDispatcher(Sessions sessions, CatchUp catchUp, SocketProperties properties) {
        this.sessions = sessions;
        for (int number = 0; number < properties.lanes(); number++) {
            workers.add(new CatchUpWorker(catchUp, number));
        }
    }

    /** Returns at once; hints for people who are not connected here cost nothing more. */
    public void wake(Collection<Long> people) {
        Map<CatchUpWorker, List<Long>> shares = new HashMap<>();
        for (long person : people) {
            if (!sessions.of(person).isEmpty()) {
                CatchUpWorker worker = workers.get(Math.floorMod(person, workers.size()));
                shares.computeIfAbsent(worker, empty -> new ArrayList<>()).add(person);
            }
        }
        shares.forEach(CatchUpWorker::wake);
    }

    @Override
    public void destroy() {
        workers.forEach(CatchUpWorker::close);
    }
}
