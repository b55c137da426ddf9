# What a first start of docker-compose.yml ends with: sample users, tokens, and what to type.
# /data holds the secret that signs tokens, and a mark that the users were posted.
set -eu
cd /camelbell
camelbell() { sh ./camelbell "$@"; }
if [ ! -e /data/welcomed ]; then
  camelbell replay --users /users.ndjson
  touch /data/welcomed
fi
admin=$(camelbell token --user 1 --ttl 30d 2>/dev/null)
cat <<END

Camelbell is ready.

  API         http://localhost:8000/api/notifications/
              http://localhost:8000/api/docs/   to read and try
  WebSocket   ws://localhost:8000/ws/notifications/?token=...
  Health      http://localhost:9000/actuator/health
  Mailbox     http://localhost:3080/
  WhatsApp    http://localhost:8090/received
  Kafka       localhost:9092
  PostgreSQL  jdbc:postgresql://localhost:15432/camelbell

An admin's access token, good for 30 days:
  $admin

Open the admin's WebSocket in a second terminal:
  docker compose run --rm hub listen --user 1 --url ws://hub:8000/ws/notifications/
Post a first event to Kafka, then ask what the admin was told:
  docker compose run --rm hub send ticket_created --creator 3
  curl -H "Authorization: Bearer $admin" http://localhost:8000/api/notifications/
END
