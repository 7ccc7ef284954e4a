import './dashboard.css';
import './booking-dashboard.js';
