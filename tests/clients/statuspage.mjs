// Ask the page at the address given for everything that the npm client statuspage.io can ask for,
// and print the answers as JSON: `node statuspage.mjs http://127.0.0.1:8000`.
import { Statuspage } from "statuspage.io";

const client = new Statuspage("harbourlight");
client.setApiUrl(process.argv[2]);

const questions = {
  summary: () => client.api.getSummary(),
  status: () => client.api.getStatus(),
  components: () => client.api.getComponents(),
  incidents: () => client.api.incidents.getAll(),
  unresolved: () => client.api.incidents.getUnresolved(),
  // this client asks upcoming.json for all three
  maintenances: () => client.api.scheduledMaintenances.getAll(),
  upcoming: () => client.api.scheduledMaintenances.getUpcoming(),
  active: () => client.api.scheduledMaintenances.getActive(),
  // a static page takes no subscribers: the client must see a plain 404
  subscriber: () => client.api.subscribers.getSubscription("nobody").catch((error) => error.response.status),
};

const answers = {};
for (const [name, ask] of Object.entries(questions)) {
  answers[name] = await ask();
}
console.log(JSON.stringify(answers));
